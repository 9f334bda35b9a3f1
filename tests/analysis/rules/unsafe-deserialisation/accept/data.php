<?php
$value = unserialize($body, ["allowed_classes" => false]);
$value = json_decode($body);
