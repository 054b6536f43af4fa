<?php
namespace Acme\Ratings;

final class Rating
{
}
