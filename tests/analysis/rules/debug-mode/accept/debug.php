<?php
ini_set("display_errors", 0);
ini_set("memory_limit", 1);
