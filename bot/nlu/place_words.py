"""Words around places: what leads to one, and places that are words themselves (no Rasa)."""

from __future__ import annotations

BEFORE_PLACE = frozenset(
    "in te rond bij nabij omgeving omtrent regio van uit naar tussen richting omstreken buurt "
    "stad gemeente provincie school scholen duaal duale ik wonen woon woont wonende bedoel "
    "bedoelde maar en of".split()
)
# Municipalities whose name is also a word or a form of one: only after a word that leads to a
# place, or alone in the message.
WORDLIKE_PLACES = frozenset(
    "ham as mol peer boom essen lint lier geel bree lo heist halle balen duffel meer bos "
    "laken werken winkel staden berg paal loon lot stal rum hove olen bever zele melle hoek "
    "landen leest muizen heide bevel reet vorst weert ursel schelle wijk temse evere "
    "vissenaken wilde haan moment beek brug kerk pulle gits hever duras lommel dieren "
    "kapellen male dilsen halen doel voeren melden voort haren hal zolder schaffen kozen appels "
    "wortel heffen heks mal linden herten jeuk lauw meeuwen grazen sluizen kluizen weelde welle "
    "veulen burst leut menen schoten drongen mater".split()
)
# Of those, towns that people do type in a short search: "bakker geel duaal".
TOWNS = frozenset("mol geel lier boom peer bree essen balen halle zele temse evere olen kapellen "
                  "melle heist duffel schelle lommel dilsen menen schoten drongen zolder "
                  "linden".split())
