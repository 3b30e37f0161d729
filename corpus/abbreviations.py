"""The abbreviations that do not end a sentence in English news; after all other words a full stop may."""

ABBREVIATIONS = frozenset(
    # titles and ranks
    "mr mrs ms mx dr prof rev hon st ste mt ft jr sr messrs mme mlle pres gov sen rep amb atty insp det supt"
    " gen col lt maj capt sgt cpl pvt cmdr adm brig lt.gen lt.col lt.gov"
    # months and days that are no words
    " jan feb apr aug sept oct nov dec tue tues thu thur thurs fri"
    # companies and places
    " inc co corp ltd llc plc bros assn dept univ inst ave blvd rd hwy"
    " ala ariz ark calif colo conn fla mich minn neb nev okla penn tenn wis wyo ont que"
    # texts and measures
    " no nos vol ch pt fig figs pp eds lit tr al etc vs v cf viz ca approx est esp oz lb lbs kg km hrs sq".split()
)
