/** Pages only: the API, sockets and access belong to the server in front of Next. */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Development listens on loopback by address, not by name.
  allowedDevOrigins: ["127.0.0.1"],
  // `npm run verify` checks types; the build of a demo on a fresh machine does not wait for them twice.
  typescript: { ignoreBuildErrors: true },
};

export default config;
