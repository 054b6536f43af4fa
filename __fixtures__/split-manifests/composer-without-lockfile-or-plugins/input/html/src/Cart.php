<?php
namespace Acme\Shop;

final class Cart
{
}
