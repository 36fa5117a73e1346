/** A Deployment "storefront" with one container of that name. */
export const storefront = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: storefront
spec:
  template:
    spec:
      containers:
        - name: storefront
          image: ${image}
`;
