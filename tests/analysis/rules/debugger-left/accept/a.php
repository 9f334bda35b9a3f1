<?php
$this->var_dump($a);
add($a);
