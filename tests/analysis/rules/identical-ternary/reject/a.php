<?php
$x = $HERE ? 1 : 1;
