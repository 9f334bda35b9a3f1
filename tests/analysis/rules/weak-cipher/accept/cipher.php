<?php
$text = openssl_encrypt($data, "aes-256-gcm", $key);
