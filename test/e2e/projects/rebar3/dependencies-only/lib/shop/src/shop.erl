-module(shop).
-export([word/0]).

word() -> salute:word().
