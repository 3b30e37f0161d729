"""One wire story as three outlets might print it, and another report of the same event."""

WIRE = """The ferry operator NordLine cancelled all crossings between Hirsholm and Vestby on Tuesday after a crack was \
found in the ramp of its largest ship.

A port inspector discovered the crack, about 40 centimetres long, during a routine check shortly after five in the \
morning. Some 600 passengers who had booked the first three crossings were sent on by bus over the Vestby bridge.

"Nobody was in danger at any time, but we do not sail with a damaged ramp," NordLine director Karin Holm said. Repairs \
would take at least four days, she added.

The ship, the Freja, carries 180 cars and was built in 2009. It was last overhauled in March. The maritime authority \
said that it would look into the records of that overhaul.

Freight companies complained that they had not been told in time. The haulage association put the losses of its \
members at around 200,000 euros a day. The next crossings are planned for Saturday."""

SHORTENED = WIRE.rsplit("\n\n", 2)[0]
"""The last two paragraphs are cut."""

BYLINED = f"""By our own correspondent in Hirsholm

{WIRE}

Our shipping desk keeps a live page with all timetables. Write to us if you are stuck in the port."""
"""With the outlet's own byline and sign-off."""

EDITED = """Ferry traffic between Hirsholm and Vestby has come to a halt. Operator NordLine cancelled all crossings on \
Tuesday after a crack was found in the ramp of its largest ship, the agency reports.

A port inspector discovered the crack, about 40 centimetres long, during a routine check shortly after five in the \
morning. Around 600 travellers were sent on by bus over the Vestby bridge.

"Nobody was in danger at any time, but we do not sail with a damaged ramp," said NordLine's director, Karin Holm. \
Repairs would take at least four days, she added.

The Freja carries 180 cars and was built in 2009. The maritime authority said that it would look into the records of \
its last overhaul, in March. The haulage association put the losses of its members at around 200,000 euros a day."""
"""Rewritten at the top, shortened and smoothed by an editor."""

OTHER_REPORT = """Hundreds of travellers stood in the rain at Hirsholm harbour on Tuesday morning because the ferry to \
Vestby did not sail. A 40-centimetre crack in the ramp of the Freja had been noticed shortly after five o'clock.

NordLine put on twelve buses. Karin Holm, the director, apologised to customers and promised refunds within a week. \
"We do not sail with a damaged ramp," she said.

Lorry drivers were less patient. Many turned back on the motorway when they heard that repairs would take four days; \
others waited for news until noon. The mayor of Vestby demanded a second ship for the route.

NordLine has served the route since 1998. The Freja, with room for 180 cars, is its largest vessel."""
"""The same event, reported independently: the facts and one quotation are the same, the sentences are not."""
