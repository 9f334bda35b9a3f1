<?php
$text = openssl_encrypt($data, "aes-128-ecb", $key); // HERE
$text = openssl_decrypt($data, "des-cbc", $key); // HERE
