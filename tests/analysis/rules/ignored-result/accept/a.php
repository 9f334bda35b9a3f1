<?php
$a = trim($a);
$b->trim();
