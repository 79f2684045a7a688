"""What pyxform and ODK Validate say of a form, in words that name its cell."""
