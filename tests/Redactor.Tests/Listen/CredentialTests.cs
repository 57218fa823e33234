using System.Net;
using System.Text;
using Redactor.Listen;
using Redactor.Receive;
using Redactor.Tests.Receive;

namespace Redactor.Tests.Listen;

public sealed class CredentialTests : IDisposable
{
    private const string Json = "application/json";

    private static readonly string Old = new('o', 32);
    private static readonly string New = new('n', 32);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer  {0}")]
    public async Task A_valid_token_comes_in_over_both_transports(string form)
    {
        await using TestReceiver receiver = await StartAsync(Tokens(Old));
        var header = ("authorization", string.Format(null, form, Old));

        Assert.Equal(0, (await SendGrpcAsync(receiver, header)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, header)).Status);
        Assert.Empty(receiver.Denials);
    }

    [Fact]
    public async Task Without_a_valid_token_nothing_comes_in_and_the_answer_says_what_is_needed()
    {
        await using TestReceiver receiver = await StartAsync(Tokens(Old));

        GrpcReply grpc = await SendGrpcAsync(receiver, ("authorization", "Bearer " + New));
        HttpReply http = await PostAsync(receiver);

        Assert.Equal((int)GrpcStatusCode.Unauthenticated, grpc.Status);
        Assert.Equal(RefusalTable.Of(Refusal.SenderUnauthenticated).Message, grpc.Message);
        Assert.Equal(HttpStatusCode.Unauthorized, http.Status);
        Assert.Equal("Bearer", http.Response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(receiver.Payloads);
        Assert.Equal([Refusal.SenderUnauthenticated, Refusal.SenderUnauthenticated], receiver.Refusals);
        Assert.Equal([("grpc", Admission.WrongCredentials), ("http", Admission.NoCredentials)], receiver.Denials);
    }

    [Fact]
    public async Task The_page_info_needs_a_token_too()
    {
        await using TestReceiver receiver = await StartAsync(Tokens(Old));
        using var client = new OtlpHttpClient(receiver.Http);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, "/info")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, "/info", null, null, ("authorization", "Bearer " + Old))).Status);
    }

    [Fact]
    public async Task While_tokens_are_rotated_both_are_valid_and_afterwards_the_new_one_alone()
    {
        var time = new ManualTime();
        await using TestReceiver receiver = await StartAsync(Tokens(Old), time);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Bearer(Old))).Status);

        await RewriteAsync(Old, New);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Bearer(Old))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Bearer(New))).Status);

        await RewriteAsync(New);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(receiver, Bearer(Old))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Bearer(New))).Status);

        async Task RewriteAsync(params string[] tokens)
        {
            Tokens(tokens);
            time.Advance(ListenLimits.ReloadInterval);
            await PostAsync(receiver);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public async Task A_tokens_file_that_can_t_be_used_leaves_the_old_tokens_in_force(string content)
    {
        var time = new ManualTime();
        var log = new RecordingLogger();
        await using TestReceiver receiver = await StartAsync(Tokens(Old), time, log);

        folder.Write("tokens", content);
        time.Advance(ListenLimits.ReloadInterval);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Bearer(Old))).Status);
        Assert.StartsWith("What was read before stays in force: ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_header_for_the_token_leaves_authorization_to_the_backend()
    {
        PortAuth auth = Tokens(Old) with { TokenHeader = "x-redactor-token" };
        await using TestReceiver receiver = await StartAsync(auth, passOn: ["authorization"]);

        HttpReply reply = await PostAsync(receiver, ("x-redactor-token", Old), ("authorization", "Basic backend"));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal([KeyValuePair.Create("authorization", "Basic backend")], Assert.Single(receiver.Payloads).Origin.Headers);
    }

    [Fact]
    public async Task A_token_that_is_sent_twice_is_none()
    {
        await using TestReceiver receiver = await StartAsync(Tokens(Old) with { TokenHeader = "x-token" });
        using RawConnection connection = await RawConnection.OpenAsync(receiver.Receiver.HttpAddress!);

        await connection.SendAsync($"GET /info HTTP/1.1\r\nHost: a\r\nConnection: close\r\nx-token: {Old}\r\nx-token: {New}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401 ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_come_in_by_bcrypt_and_SHA_512_crypt_and_during_rotation_by_either_password()
    {
        await using TestReceiver receiver = await StartAsync(Users($"anna:{Bcrypt("first")}", $"anna:{Bcrypt("second")}", $"otto:{Sha512("third")}"));

        foreach (string credentials in new[] { "anna:first", "anna:second", "otto:third", "anna:first" })
        {
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(receiver, Basic(credentials))).Status);
        }
    }

    [Theory]
    [InlineData("anna:wrong")]
    [InlineData("anna:")]
    [InlineData("nobody:first")]
    [InlineData("anna")]
    [InlineData("anna:first\0more")]
    public async Task Wrong_users_and_passwords_stay_out(string credentials)
    {
        await using TestReceiver receiver = await StartAsync(Users($"anna:{Bcrypt("first")}"));

        HttpReply reply = await PostAsync(receiver, Basic(credentials));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal("Basic realm=\"redactor\"", reply.Response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(receiver.Payloads);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Digest abc")]
    public async Task Credentials_of_no_valid_form_stay_out(string header)
    {
        await using TestReceiver receiver = await StartAsync(Users($"anna:{Bcrypt("first")}"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(receiver, ("authorization", header))).Status);
    }

    [Theory]
    [InlineData("anna", "line 1 is not user:hash")]
    [InlineData("# comment\n\nanna:plain-password", "line 3 is not user:hash")]
    [InlineData("\n", "there is no user in it")]
    public void A_htpasswd_file_with_a_mistake_is_refused_by_its_line(string file, string expected)
    {
        string? mistake = UserSet.Parse(Encoding.UTF8.GetBytes(file)).Mistake;

        Assert.StartsWith(expected, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("plain-password", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# comment\n0123456789abcde\n", "line 2 is not a token of at least 16 visible characters")]
    [InlineData("0123456789abcdef with blank\n", "line 1 is not a token")]
    [InlineData("# nothing\n", "there is no token in it")]
    public void A_tokens_file_with_a_mistake_is_refused_by_its_line(string file, string expected) =>
        Assert.StartsWith(expected, TokenSet.Parse(Encoding.UTF8.GetBytes(file)).Mistake, StringComparison.Ordinal);

    [Fact]
    public async Task Who_floods_a_port_with_wrong_tokens_does_not_flood_the_log()
    {
        var time = new ManualTime();
        var log = new RecordingLogger();
        await using TestReceiver receiver = await StartAsync(Tokens(Old), time, log);

        for (int i = 0; i < 10; i++)
        {
            await PostAsync(receiver, Bearer(New));
        }

        time.Advance(ListenLimits.DenialLogInterval);
        await PostAsync(receiver, Bearer(New));

        Assert.Equal(
            [
                "Not let in on http: WrongCredentials, from 127.0.0.1; 0 more since the last such line",
                "Not let in on http: WrongCredentials, from 127.0.0.1; 9 more since the last such line",
            ],
            log.Lines);
    }

    private static Task<TestReceiver> StartAsync(PortAuth auth, TimeProvider? time = null, RecordingLogger? log = null, string[]? passOn = null)
    {
        var port = new PortOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Auth = auth };
        return TestReceiver.StartAsync(options: new ReceiverOptions { Grpc = port, Http = port, PassOnHeaders = passOn ?? [] }, logger: log, time: time);
    }

    private static (string, string) Bearer(string token) => ("authorization", "Bearer " + token);

    private static (string, string) Basic(string credentials) => ("authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static string Bcrypt(string password) => Hash(password, "$2y$04$" + new string('s', 21) + "u");

    private static string Sha512(string password) => Hash(password, "$6$rounds=1000$salt$");

    private static string Hash(string password, string setting) =>
        Encoding.ASCII.GetString(PasswordHash.Compute(Encoding.UTF8.GetBytes(password), Encoding.ASCII.GetBytes(setting))!);

    private static async Task<GrpcReply> SendGrpcAsync(TestReceiver receiver, params (string, string)[] headers)
    {
        using var client = new GrpcClient(receiver.Grpc);
        return await client.SendAsync(GrpcClient.Frame([]), headers);
    }

    private static async Task<HttpReply> PostAsync(TestReceiver receiver, params (string, string)[] headers)
    {
        using var client = new OtlpHttpClient(receiver.Http);
        return await client.PostAsync("/v1/logs", Encoding.UTF8.GetBytes("{}"), Json, headers);
    }

    private PortAuth Tokens(params string[] tokens) => new() { TokensFile = folder.Write("tokens", "# valid now\n" + string.Join('\n', tokens) + "\r\n") };

    private PortAuth Users(params string[] lines) => new() { HtpasswdFile = folder.Write("htpasswd", string.Join('\n', lines)) };
}
