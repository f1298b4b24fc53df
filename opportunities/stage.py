"""Stage 5, Customise partnership opportunities: what it contributes to the rest."""

slots: list[object] = []
