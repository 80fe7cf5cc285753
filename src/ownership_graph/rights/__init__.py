"""Who may decide what, as the rows of a question tell it, and what follows from that.

`passing` asks whether a model can get through its gates; the words for it are in `telling`.
"""
