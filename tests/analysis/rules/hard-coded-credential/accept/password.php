<?php
$password = getenv("PASSWORD");
