<?php
$tree = simplexml_load_string($body);
