package Shop;
our $VERSION = '1.0';
1;
