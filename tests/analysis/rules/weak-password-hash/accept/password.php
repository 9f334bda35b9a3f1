<?php
$digest = password_hash($password, PASSWORD_ARGON2ID);
$etag = md5($page);
