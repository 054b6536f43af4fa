<?php
namespace Billing;
class Invoice {}
