<?php
require __DIR__ . "/../vendor/autoload.php";
file_put_contents(__DIR__ . "/../warm.txt", shop() . Acme\Polite\Package::VERSION);
