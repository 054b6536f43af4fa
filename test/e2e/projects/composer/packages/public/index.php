<?php
require __DIR__ . "/../libraries/autoload.php";
var_dump(class_exists(Acme\Billing\Invoice::class));
