using System.Text;
using Redactor.Scanning.Judging;

namespace Redactor.Scanning.Tests.Judging;

public class SecretCheckTests
{
    [Theory]
    [InlineData("password", "open sesame")]
    [InlineData("password", "whiteduke")]
    [InlineData("password-in-text", "hunter22")]
    [InlineData("token", "uj-yi-fb55ult72cj0u1_uru2faxt90z")]
    [InlineData("token", "09fdfd57-f34e-a3d2-45a7-2a98db60650e")]
    [InlineData("strong-token", "VDOheDe1sSCeGkuTARhkFDE2")]
    [InlineData("token", "VDOheDeksSCeGkuTARhkFDEz")]
    [InlineData("token", "2026-11-05t10:24:46zk3y7")]
    [InlineData("url-password", "pass")]
    [InlineData("credential", "YnJvd3Nlcjo=")]
    [InlineData("user-and-password", "johns:h0pk1ns~21s")]
    [InlineData("mixed", "a8TRc9ZXAvcVvcrmtr7qoVw6")]
    public void A_likely_secret_is_confirmed(string check, string value) => Assert.True(Ask(check, value));

    [Theory]
    [InlineData("password", "${DB_PASSWORD}")]
    [InlineData("password", "{user_password}")]
    [InlineData("password", "changeme")]
    [InlineData("password", "process.env.DB_PASSWORD")]
    [InlineData("password", "shorter-version")]
    [InlineData("password", "NULL")]
    [InlineData("password-in-text", "required")]
    [InlineData("token", "insert_key_here")]
    [InlineData("token", "getToken(user1234)")]
    [InlineData("token", "2026-11-05t10:24:46.027z")]
    [InlineData("token", "2026-11-05T10:24:46+01:00")]
    [InlineData("token", "https://login.local/oauth/access_token")]
    [InlineData("token", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("token", "getResponseDataFromContentType")]
    [InlineData("strong-token", "created_at_descending_order")]
    [InlineData("url-password", "*****")]
    [InlineData("url-password", "$password")]
    [InlineData("user-and-password", "test:test")]
    [InlineData("user-and-password", "username:password")]
    [InlineData("mixed", "servingcellpriorityparametersdescription")]
    public void A_placeholder_name_or_expression_is_rejected(string check, string value) => Assert.False(Ask(check, value));

    [Theory]
    [InlineData("3f0c9b1e-5d62-4c7a-9e84-0b1f6a2d7c53")]
    [InlineData("3F0C9B1E-5D62-4C7A-9E84-0B1F6A2D7C53")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("00f067aa0ba902b7")]
    [InlineData("9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void An_id_that_telemetry_is_full_of_is_no_token_in_text(string id) => Assert.False(Ask("strong-token-in-text", id));

    [Theory]
    [InlineData("VDOheDe1sSCeGkuTARhkFDE2")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e47361")]
    [InlineData("3f0c9b1e-5d62-4c7a-9e84-0b1f6a2d7c53-a1")]
    public void What_only_resembles_an_id_is_a_token_in_text(string token) => Assert.True(Ask("strong-token-in-text", token));

    [Fact]
    public void Only_a_header_that_decodes_to_an_object_makes_a_web_token()
    {
        static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        string claims = Encode("""{"sub":"1"}""");
        Assert.True(Ask("jwt", Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + claims + ".c2ln"));
        Assert.True(Ask("jwt", Encode("""{ "alg" : "none" }""") + "." + claims + "."));
        Assert.False(Ask("jwt", Encode("plain text, no object") + "." + claims + ".c2ln"));
        Assert.False(Ask("jwt", "eyJub2RvdA"));
    }

    private static bool Ask(string check, string text) => Checks.Find(check)!(Encoding.UTF8.GetBytes(text));
}
