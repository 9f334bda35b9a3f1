<?php
$a = is_nan($b);
$c = NAN;
