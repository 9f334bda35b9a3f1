<?php
$a = hash("sha256", $data);
$b = $this->md5($data);
