<?php
$value = unserialize($body); // HERE
