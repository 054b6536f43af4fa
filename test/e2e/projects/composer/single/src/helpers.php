<?php
function shop(): string
{
    return "shop";
}
