export SHOP=1
