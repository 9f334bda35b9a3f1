<?php
$this->a = $a;
$a = $b;
$a .= $a;
