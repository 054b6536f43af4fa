<?php
namespace Acme\Api;

final class Api
{
}
