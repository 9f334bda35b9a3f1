<?php
throw new InvalidArgumentException("a");
$e = new InvalidArgumentException("b");
