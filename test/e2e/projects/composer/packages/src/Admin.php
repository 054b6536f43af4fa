<?php
namespace Acme\Admin;

final class Admin
{
}
