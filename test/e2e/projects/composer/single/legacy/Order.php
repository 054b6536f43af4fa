<?php
class Order
{
}
