"""Words that say the same: Russia and Russian, the US and the United States, II and 2."""

_SAME = """us united-states america american americans usa
uk united-kingdom britain british britons
eu european-union
un united-nations
fed federal-reserve
ecb european-central-bank
russia russian russians
ukraine ukrainian ukrainians
germany german germans
france french
china chinese
japan japanese
poland polish poles
spain spanish
italy italian italians
greece greek greeks
turkey turkish turks türkiye
netherlands dutch
denmark danish danes
sweden swedish swedes
norway norwegian norwegians
finland finnish finns
hungary hungarian hungarians
romania romanian romanians
bulgaria bulgarian bulgarians
belarus belarusian belarusians
lithuania lithuanian lithuanians
latvia latvian latvians
estonia estonian estonians
georgia georgian georgians
canada canadian canadians
mexico mexican mexicans
brazil brazilian brazilians
argentina argentine argentinian
australia australian australians
austria austrian austrians
switzerland swiss
ireland irish
scotland scottish scots
wales welsh
israel israeli israelis
palestine palestinian palestinians
iran iranian iranians
iraq iraqi iraqis
syria syrian syrians
egypt egyptian egyptians
india indian indians
pakistan pakistani pakistanis
afghanistan afghan afghans
korea korean koreans
vietnam vietnamese
portugal portuguese
belgium belgian belgians
luxembourg luxembourgish
czechia czech czechs czech-republic
slovakia slovak slovaks
slovenia slovenian slovenians slovenes
croatia croatian croatians croats
serbia serbian serbians serbs
bosnia bosnian bosnians
kosovo kosovar kosovars
albania albanian albanians
macedonia macedonian macedonians
moldova moldovan moldovans
iceland icelandic icelanders
cyprus cypriot cypriots
malta maltese
armenia armenian armenians
azerbaijan azerbaijani azerbaijanis
kazakhstan kazakh kazakhs
uzbekistan uzbek uzbeks
cuba cuban cubans
haiti haitian haitians
jamaica jamaican jamaicans
venezuela venezuelan venezuelans
colombia colombian colombians
ecuador ecuadorian ecuadorians
peru peruvian peruvians
bolivia bolivian bolivians
chile chilean chileans
paraguay paraguayan paraguayans
uruguay uruguayan uruguayans
panama panamanian panamanians
guatemala guatemalan guatemalans
honduras honduran hondurans
nicaragua nicaraguan nicaraguans
el-salvador salvadoran salvadorans
new-zealand new-zealanders
taiwan taiwanese
thailand thai thais
indonesia indonesian indonesians
malaysia malaysian malaysians
singapore singaporean singaporeans
philippines philippine filipino filipinos
cambodia cambodian cambodians
myanmar burma burmese
nepal nepali nepalese
bangladesh bangladeshi bangladeshis
sri-lanka sri-lankan sri-lankans
mongolia mongolian mongolians
saudi-arabia saudi saudis
yemen yemeni yemenis
qatar qatari qataris
kuwait kuwaiti kuwaitis
lebanon lebanese
jordan jordanian jordanians
libya libyan libyans
tunisia tunisian tunisians
algeria algerian algerians
morocco moroccan moroccans
sudan sudanese
ethiopia ethiopian ethiopians
eritrea eritrean eritreans
somalia somali somalis
kenya kenyan kenyans
uganda ugandan ugandans
tanzania tanzanian tanzanians
rwanda rwandan rwandans
congo congolese
nigeria nigerian nigerians
ghana ghanaian ghanaians
senegal senegalese
mali malian malians
cameroon cameroonian cameroonians
angola angolan angolans
mozambique mozambican mozambicans
zambia zambian zambians
zimbabwe zimbabwean zimbabweans
africa african africans
europe european europeans
asia asian asians
hawaii hawaiian hawaiians
california californian californians"""
_SEATS = """washington us, white-house us, moscow russia, kremlin russia, kyiv ukraine, berlin germany, paris france,
london uk, downing-street uk, beijing china, tokyo japan, warsaw poland, rome italy, madrid spain, ankara turkey"""
"""What stands for a government in a quote may be called by the country; not the other way, for it is a place too."""

CANONICAL = {word: line.split()[0] for line in _SAME.splitlines() for word in line.split()}
"""The first word of those that name the same, for each; a hyphen stands for a space."""
COUNTRY_OF_SEAT = dict(pair.split() for pair in _SEATS.split(","))
NUMERALS = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xii": "12",
    "xiv": "14",
    "xvi": "16",
}
"""Roman numbers that stand in names, as in World War II; not those that are letters, or a name themselves (Xi)."""
