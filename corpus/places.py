"""The places that datelines name without saying more, and the regions that they say more with."""

import re

_CITIES = (
    # the Associated Press gives these without a state or country
    "Atlanta|Baltimore|Boston|Chicago|Cincinnati|Cleveland|Dallas|Denver|Detroit|Honolulu|Houston|Indianapolis"
    "|Las Vegas|Los Angeles|Miami|Milwaukee|Minneapolis|New Orleans|New York|New York City|Oklahoma City|Philadelphia"
    "|Phoenix|Pittsburgh|St. Louis|Salt Lake City|San Antonio|San Diego|San Francisco|Seattle|Washington"
    "|Washington DC|Amsterdam|Baghdad|Bangkok|Beijing|Beirut|Berlin|Brussels|Cairo|Djibouti|Dublin|Geneva|Gibraltar"
    "|Guatemala City|Havana|Helsinki|Hong Kong|Islamabad|Istanbul|Jerusalem|Johannesburg|Kuwait City|London|Luxembourg"
    "|Macau|Madrid|Mexico City|Milan|Monaco|Montreal|Moscow|Munich|New Delhi|Panama City|Paris|Prague|Quebec City"
    "|Rio de Janeiro|Rome|San Marino|São Paulo|Shanghai|Singapore|Stockholm|Sydney|Tokyo|Toronto|Vatican City|Vienna"
    "|Zurich|United Nations"
    # other capitals and large cities
    "|Abidjan|Abu Dhabi|Abuja|Accra|Addis Ababa|Algiers|Almaty|Amman|Ankara|Antananarivo|Ashgabat|Asmara|Astana"
    "|Asunción|Athens|Auckland|Austin|Baku|Bamako|Bangui|Barcelona|Belfast|Belgrade|Bengaluru|Birmingham|Bishkek"
    "|Bogotá|Brasília|Bratislava|Brazzaville|Brisbane|Bucharest|Budapest|Buenos Aires|Bujumbura|Calgary|Canberra"
    "|Cape Town|Caracas|Cardiff|Casablanca|Charlotte|Chennai|Chișinău|Cologne|Colombo|Columbus|Conakry|Copenhagen"
    "|Cotonou|Dakar|Damascus|Dar es Salaam|Delhi|Dhaka|Doha|Donetsk|Dubai|Dushanbe|Düsseldorf|Edinburgh|Edmonton"
    "|Florence|Frankfurt|Freetown|Gaborone|Gaza|Gaza City|Glasgow|Guangzhou|Hague|The Hague|Hamburg|Hanoi|Harare"
    "|Ho Chi Minh City|Hyderabad|Jakarta|Juba|Kabul|Kampala|Karachi|Kathmandu|Kharkiv|Khartoum|Kherson|Kigali|Kingston"
    "|Kinshasa|Kolkata|Kuala Lumpur|Kuwait|Kiev|Kyiv|La Paz|Lagos|Lahore|Leeds|Libreville|Lima|Lisbon|Liverpool"
    "|Ljubljana|Lomé|Luanda|Lusaka|Lviv|Lyon|Managua|Manama|Manchester|Manila|Maputo|Marseille|Melbourne|Memphis|Minsk"
    "|Mogadishu|Monrovia|Montevideo|Mumbai|Muscat|N'Djamena|Nairobi|Naples|Nashville|Niamey|Nicosia|Nouakchott|Odesa"
    "|Orlando|Osaka|Oslo|Ottawa|Ouagadougou|Oxford|Perth|Peshawar|Phnom Penh|Podgorica|Port-au-Prince|Port Moresby"
    "|Port of Spain|Portland|Pretoria|Pristina|Pyongyang|Quebec|Quito|Rabat|Ramallah|Rawalpindi|Reykjavik|Riga|Riyadh"
    "|Sacramento|Saint Petersburg|St. Petersburg|San José|San Juan|San Salvador|Sana'a|Sanaa|Santiago|Santo Domingo"
    "|Sarajevo|Seoul|Shenzhen|Skopje|Sofia|Srinagar|Stuttgart|Suva|Taipei|Tallinn|Tampa|Tashkent|Tbilisi|Tegucigalpa"
    "|Tehran|Tel Aviv|Thessaloniki|Tirana|Tripoli|Tunis|Turin|Ulaanbaatar|Valencia|Valletta|Vancouver|Venice|Victoria"
    "|Vientiane|Vilnius|Warsaw|Wellington|Windhoek|Winnipeg|Wuhan|Yangon|Yaoundé|Yerevan|Zagreb|Zaporizhzhia"
)
_REGIONS = (
    # states, as written out and as the Associated Press and the post shorten them
    "Alabama|Ala|AL|Alaska|AK|Arizona|Ariz|AZ|Arkansas|Ark|AR|California|Calif|CA|Colorado|Colo|CO|Connecticut|Conn|CT"
    "|Delaware|Del|DE|Florida|Fla|FL|Georgia|Ga|Hawaii|HI|Idaho|ID|Illinois|Ill|IL|Indiana|Ind|IN|Iowa|IA|Kansas|Kan|KS"
    "|Kentucky|Ky|Louisiana|La|Maine|ME|Maryland|Md|Massachusetts|Mass|MA|Michigan|Mich|MI|Minnesota|Minn|MN"
    "|Mississippi|Miss|MS|Missouri|Mo|Montana|Mont|MT|Nebraska|Neb|NE|Nevada|Nev|NV|New Hampshire|NH|New Jersey|NJ"
    "|New Mexico|NM|New York|NY|North Carolina|NC|North Dakota|ND|Ohio|OH|Oklahoma|Okla|OK|Oregon|Ore|OR|Pennsylvania"
    "|Pa|Rhode Island|RI|South Carolina|SC|South Dakota|SD|Tennessee|Tenn|TN|Texas|TX|Utah|UT|Vermont|Vt|Virginia|Va"
    "|Washington|Wash|West Virginia|WVa|WV|Wisconsin|Wis|WI|Wyoming|Wyo|WY|DC|District of Columbia|Puerto Rico|PR|Guam"
    # provinces, and parts of the United Kingdom
    "|Alberta|Alta|British Columbia|BC|Manitoba|Man|New Brunswick|NB|Newfoundland|Nova Scotia|NS|Ontario|Ont|Quebec|Que"
    "|Saskatchewan|Sask|England|Scotland|Wales|Northern Ireland|New South Wales|NSW|Queensland|Tasmania"
    # countries and the like
    "|Afghanistan|Albania|Algeria|Andorra|Angola|Antigua|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain"
    "|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan|Bolivia|Bosnia|Bosnia-Herzegovina|Botswana|Brazil"
    "|Britain|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|Cambodia|Cameroon|Canada|Cape Verde|Central African Republic"
    "|Chad|Chile|China|Colombia|Congo|Costa Rica|Crimea|Croatia|Cuba|Cyprus|Czechia|Czech Republic|Denmark|Djibouti"
    "|Dominica|Dominican Republic|East Timor|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland"
    "|France|Gabon|Gambia|Gaza|Gaza Strip|Germany|Ghana|Greece|Greenland|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana"
    "|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Jordan"
    "|Kashmir|Kazakhstan|Kenya|Kiribati|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya"
    "|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico"
    "|Micronesia|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands"
    "|The Netherlands|New Caledonia|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Norway|Oman"
    "|Pakistan|Palau|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda"
    "|Samoa|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia"
    "|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan"
    "|Tanzania|Thailand|Togo|Tonga|Trinidad|Tunisia|Turkey|Türkiye|Turkmenistan|Tuvalu|UAE|Uganda|UK|Ukraine"
    "|United Arab Emirates|United Kingdom|United States|Uruguay|US|USA|Uzbekistan|Vanuatu|Venezuela|Vietnam|West Bank"
    "|Western Sahara|Yemen|Zambia|Zimbabwe"
)
_MARKS = re.compile(r"[.,\s]+")


def _fold(name: str) -> str:
    return _MARKS.sub(" ", name.replace(".", "")).replace("’", "'").strip().casefold()


_KNOWN_CITIES = frozenset(map(_fold, _CITIES.split("|")))
_KNOWN_REGIONS = frozenset(map(_fold, _REGIONS.split("|")))


def is_city(name: str) -> bool:
    """Whether news gives this city without its country: `Paris`, `NEW DELHI`, `Washington, D.C.`."""
    return _fold(name) in _KNOWN_CITIES


def is_region(name: str) -> bool:
    """Whether this is a state, a province or a country, written out or shortened: `Calif.`, `NY`, `South Korea`."""
    return _fold(name) in _KNOWN_REGIONS
