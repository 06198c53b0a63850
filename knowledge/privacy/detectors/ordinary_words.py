"""Words that follow "I'm" or "my name is" without being names; knows no text.

Written for the talk of a shop: what people say they are, want and feel. Folded: lower case, no accents.
"""


def words(text: str) -> frozenset[str]:
    """Read a set of words written one after the other."""
    return frozenset(text.split())


# A name never begins or goes on with one of these, however it is written.
FUNCTION_WORDS = words("""
    a about above across actually after again ago all almost already also although always am an and another any
    anyone anything anyway are around as ask at away back be because been before being below beside best between
    both but by bye call calling can cant cannot cheers come coming could currently dear did didnt do does doesnt
    doing done dont down during each either else ever every everyone exactly few finally first for from get getting
    give go going gonna good got gotta great had has hasnt have having he hello help her here hers hey hi him his how
    however i if ill im in inside instead into is isnt it its ive just kind know last later least less let lets like
    likely literally little long look looking lot made make many maybe me mean mine more most much must my myself
    near need needing never new next no nobody none nope nor not nothing now of off often oh ok okay old on once one
    only or order other our out over own per please possibly pretty probably put quite rather really right said same
    say second see seeking several shall she should since so some someone something sometimes soon sort speaking
    still such sure take tell than thank thanks that thats the their them then there these they thing things this
    those though three through till to today together tomorrow tonight too totally trying two under unless until up
    upon us use usually very via wanna want wanting was wasnt we well went were what whats when where which while who
    whose why will with within without wont would wouldnt wow yeah yes yesterday yet you your yours zero
    asap btw fyi lol omg pls plz thx tho tbh und oder bitte danke ich nicht aber mit auf aus im ist das der die ein
    eine et ou mais avec pour dans le la les un une des y o pero con para por el los las una e ma per il lo
    monday tuesday wednesday thursday friday saturday sunday
    january february march july september october november december christmas easter
    i'm i'll i'd i've it's that's there's what's where's who's let's don't can't won't isn't didn't doesn't
    """)

# What people are, without it being their name.
STATES = words("""
    able absent adult afraid agnostic alive alone allergic amazed american amused anaemic anemic angry annoyed anxious
    arab asian asleep asthmatic atheist available awake aware bad bald bankrupt big bisexual black blind blond blonde
    boiling bored born bothered brave broke brunette buddhist busy careful catholic celiac certain chilly christian
    chubby clean clear close clueless coeliac cold colourblind colorblind comfortable confident confused conscious
    content cool crazy curious curvy customer dad dairy dead deaf delighted depressed desperate developer diabetic
    different dirty disabled disappointed divorced dizzy doctor done doomed dressed driver drunk dry due dutch dyslexic
    eager early easy elderly employed empty engaged english even excited exhausted expecting expensive familiar
    famished fat fed female feverish fine fit flexible foodie forever frantic freaked free freezing french fresh
    friendly frozen fructose frustrated full furious fussy gay german giddy glad gluten gone grateful greek grumpy
    guest guilty half halal handy happy hard healthy heartbroken heavy hindu homeless homesick hopeful hopeless hot
    hungover hungry hurt hyped ill impatient indian intolerant interested irish itchy jealous jewish jobless keen keto
    kosher lactose large late latino lazy left lefty lesbian light lonely loose lost loving low loyal lucky mad male
    married medium member mexican mixed mom moody mother moved mum muslim nauseous neutral new nervous nice noob nosy
    nurse nut obese obsessed off open orthodox out outdoorsy outside over overweight pagan paleo parched peckish
    pescatarian petite picky plain pleased plus poor positive pregnant prepared private proud puzzled queer quick quiet
    quit ready recovering red relaxed relieved religious restless retired rich romantic rude runner russian sad safe
    satisfied scared senior serious shattered shivering shocked shopper shopping short shy sick sikh silly simple
    single size skinny sleepy slim slow small smart sober soaked sold sore sorry spanish speechless starved starving
    staying stressed strict stoned stuck student stuffed stunned sunburnt surprised sweaty sweet swedish swiss tall
    teacher tenant thankful thirsty thrilled tied tiny tired tourist trans traveling travelling turkish type ugly
    unable unavailable uncertain undecided under unemployed unhappy unsure unwell upset urgent used vegan vegetarian
    veggie visitor waiting walking warm weak wet white wide widowed wired wiped working worn worried wrong xl xs xxl
    young apple android iphone google facebook instagram whatsapp telegram homebody vip
    above autistic adhd dyspraxic epileptic menopausal anorexic bulimic bipolar hiv covid
    """)

# Given names that are rather something else unless they are written as a name.
AMBIGUOUS = words("""
    alexa alma amber angel anise april apple art august aura aurora austin autumn bas basil bay bent berry bill bliss
    blossom blue brandy bridge brook canal candy carol cas cash chance charity charlotte chase cherry china chip clay
    cliff cloud clove coco cola colt cookie coral cord crystal daisy dale dawn dean dell dev diamond dill dove drew
    earl ebony eden edit edu elvis ember ernest eve faith fay fern flora floor florence forest forum frank gale garnet
    gay gene georgia ginger glen goldie grace graham grant gray green gun guy hall harm harmony hazel heath heather
    henna hero honey hope hunter iris iron ivory ivy jack jade jasmine jay jean jersey jet jewel job joy july june kick
    kiki lance lane lark laurel lily lin line lino liv long lot lotus love lucky madison magnolia mai maple mar
    margarita margherita mark mars marina mason mat mats max maxi may melody mercy merry meta mia mile mint misty
    modesto moon my myrtle nacho nick noble norm nova oak ocean olive opal opera oral orchid orlando owe page paris
    pat patience paw peach pearl penny per pepper petal pet piper poppy port prince princess pro prudence queen rain
    raven ray red reed reese reeve regina rica rich river rob robin rock rocky roman romeo rose rosemary rosie royal
    ruby rue rusty rut ryan sable sage sally sandy santa sap sara sasha savannah savvy sea sherry sienna silver sky
    skye slate snow sol sole solo sparrow spencer spike spring star stella sterling stone storm sue sugar summer sun
    sunny sylvan tan tanner tara tea teal ted temple thai tie tierra tiger till timber tip tom toni tone tor tore toy
    tri trinity tulip ties ute uno us valentine vanilla velvet vera verde verity viola violet virginia vita wade ward
    walker wade wave west willow will wilder win windy winter wolf woody wren yale zen zest ira ann and don doll pina
    """) - {"ann", "tom", "ted", "max", "ryan", "sara", "mia", "sasha", "charlotte"}

# Endings of words that describe: shivering, exhausted, Spanish, Japanese, Norwegian, careful …
DESCRIBING_ENDINGS = (
    "ing", "ed", "ish", "ese", "ian", "ican", "arian", "ful", "less", "able", "ible", "ous", "free", "ive", "ic", "ical",
    "-friendly", "sized", "ly", "ist", "intolerant",
)  # fmt: skip
