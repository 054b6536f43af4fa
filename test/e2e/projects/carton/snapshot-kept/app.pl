use strict;
use warnings;
use Polite;

print Polite::text(), "\n";
