/** The examples of api/users.md, word by word. */
export const examples = {
  'create-user': String.raw`curl -X POST http://localhost:8000/api/v2/user/create-user \
-H "Content-Type: multipart/form-data" \
-F "email=test@example.com" \
-F "password=secure123" \
-F "fullname={\"firstName\":\"John\",\"lastName\":\"Doe\"}" \
-F "username=johndoe" \
-F "role=user" \
-F "phone={\"countryCode\":\"+1\",\"number\":\"1234567890\"}" \
-F "avatar=@/path/to/avatar.jpg"`,
  'resend-otp': String.raw`curl -X POST http://localhost:8000/api/v2/user/resend-otp \
-H "Content-Type: application/json" \
-d '{"email": "test@example.com"}'`,
  activation: String.raw`curl -X POST http://localhost:8000/api/v2/user/activation \
-H "Content-Type: application/json" \
-d '{"email": "test@example.com", "otp": "123456"}'`,
  'login-user': String.raw`curl -X POST http://localhost:8000/api/v2/user/login-user \
-H "Content-Type: application/json" \
-d '{"email": "test@example.com", "password": "secure123"}'`,
  'forgot-password': String.raw`curl -X POST http://localhost:8000/api/v2/user/forgot-password \
-H "Content-Type: application/json" \
-d '{"email": "test@example.com"}'`,
  'reset-password': String.raw`curl -X POST http://localhost:8000/api/v2/user/reset-password \
-H "Content-Type: application/json" \
-d '{"email": "test@example.com", "otp": "123456", "newPassword": "newpass123", "confirmPassword": "newpass123"}'`,
  getuser: String.raw`curl -X GET http://localhost:8000/api/v2/user/getuser \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json"`,
  logout: String.raw`curl -X GET http://localhost:8000/api/v2/user/logout \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json"`,
  'update-user-info': String.raw`curl -X PUT http://localhost:8000/api/v2/user/update-user-info \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json" \
-d '{"email": "newemail@example.com", "password": "secure123", "username": "newusername", "phoneNumber": {"countryCode": "+1", "number": "9876543210"}}'`,
  'update-avatar': String.raw`curl -X PUT http://localhost:8000/api/v2/user/update-avatar \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: multipart/form-data" \
-F "avatar=@/path/to/new_avatar.jpg"`,
  'update-user-addresses': String.raw`curl -X PUT http://localhost:8000/api/v2/user/update-user-addresses \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json" \
-d '{"country": "USA", "city": "New York", "address1": "123 Main St", "address2": "", "zipCode": 10001, "addressType": "home"}'`,
  'delete-user-address': String.raw`curl -X DELETE http://localhost:8000/api/v2/user/delete-user-address/<address_id> \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json"`,
  'update-user-password': String.raw`curl -X PUT http://localhost:8000/api/v2/user/update-user-password \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json" \
-d '{"oldPassword": "secure123", "newPassword": "newpass123", "confirmPassword": "newpass123"}'`,
  'user-info': String.raw`curl -X GET http://localhost:8000/api/v2/user/user-info/<user_id> \
-H "Content-Type: application/json"`,
  'admin-all-users': String.raw`curl -X GET http://localhost:8000/api/v2/user/admin-all-users \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json"`,
  'delete-user': String.raw`curl -X DELETE http://localhost:8000/api/v2/user/delete-user/<user_id> \
-H "Authorization: Bearer <your_jwt_token>" \
-H "Content-Type: application/json"`,
} as const;
