<?php
class Legacy {}
