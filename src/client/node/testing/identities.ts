/** A key with its certificate, for tests alone: made with `openssl req -x509 -newkey ec … -days 36500`, trusted by nobody. */
export interface TestIdentity {
  readonly key: string;
  readonly cert: string;
}

/** The one that tests pin. */
export const ownIdentity: TestIdentity = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUwdeZ++WDXXYAX1z
BltGL8SzEm8GdlfaZczjCzHbN32hRANCAAS17QgshmJsgGzdfHttR1RfTvKxZcyz
4BeTTNZBifNd5Wsn9+Wq8qhVbf1/rTDqajKtkjLYiJlPq2zanTNRmFXJ
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBkTCCATegAwIBAgIUdAuZ1+NjSKw7VJv5O1O9bOSbZTgwCgYIKoZIzj0EAwIw
HTEbMBkGA1UEAwwScHVsc2V3aXJlIHRlc3Qgb3duMCAXDTI2MTEyNTE4NTUzMFoY
DzIxMjYxMTAxMTg1NTMwWjAdMRswGQYDVQQDDBJwdWxzZXdpcmUgdGVzdCBvd24w
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS17QgshmJsgGzdfHttR1RfTvKxZcyz
4BeTTNZBifNd5Wsn9+Wq8qhVbf1/rTDqajKtkjLYiJlPq2zanTNRmFXJo1MwUTAd
BgNVHQ4EFgQUdfYa0jj9tiF1uvPWT3vgzJS7AIYwHwYDVR0jBBgwFoAUdfYa0jj9
tiF1uvPWT3vgzJS7AIYwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBF
AiAHXXEE0Y+mhueDNSA8gCVOKSSwjVwPD1ABiOf4pO0ODAIhAOco3UIW7d/lrGmI
3F6Zq0NuUXkt09s+U8oADShDszNv
-----END CERTIFICATE-----
`,
};

/** Another, as somebody in between would show it. */
export const otherIdentity: TestIdentity = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXhx+fzBx5E6XXtT4
gKt6DafK+LLlhkfpfmkU4IVvJcuhRANCAARLwAx79gA7ZQTIdij8uhX08uEgydFy
nAOp+pMWR7tpg8izDhvQ1mh4HLJYLDeesGe8J2ZEbGTGNKkbqN0+osVp
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUEmErIx9lYEvA3PeCoIxz7RmUp5AwCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUcHVsc2V3aXJlIHRlc3Qgb3RoZXIwIBcNMjYxMTI1MTg1NTMw
WhgPMjEyNjExMDExODU1MzBaMB8xHTAbBgNVBAMMFHB1bHNld2lyZSB0ZXN0IG90
aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAES8AMe/YAO2UEyHYo/LoV9PLh
IMnRcpwDqfqTFke7aYPIsw4b0NZoeByyWCw3nrBnvCdmRGxkxjSpG6jdPqLFaaNT
MFEwHQYDVR0OBBYEFKee5oKpL4ncc4RKECcWXN/KlTjbMB8GA1UdIwQYMBaAFKee
5oKpL4ncc4RKECcWXN/KlTjbMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
RwAwRAIgIIaa95JnjBoj95XqyrkjsA/HMovAiNGU1SQJaaQsFmsCIH+p/B8kfgmw
VMmjxSkqQRWmSKBxHeoyiV9hLn1H92pV
-----END CERTIFICATE-----
`,
};
