-module(shop).
-export([total/0]).
total() -> 0.
