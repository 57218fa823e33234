using System.Net;
using System.Security.Authentication;
using System.Text;
using Redactor.Configuration;
using Redactor.Tests.Listen;

namespace Redactor.Tests.Configuration;

public sealed class PortSectionTests : IDisposable
{
    private const string Token = "0123456789abcdef0123";

    private readonly TemporaryFolder folder = new();

    public PortSectionTests() => folder.Write("tokens", Token);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_port_takes_tls_auth_and_allow()
    {
        using var certificates = new TestCertificates();
        certificates.Renew();
        var (cert, key) = (certificates.Tls.CertFile, certificates.Tls.KeyFile);
        string port = $"{{endpoint: \"127.0.0.1:1\", tls: {{cert_file: {cert}, key_file: {key}, min_version: \"1.3\", reload_interval: 1m}}, "
            + "auth: {bearer: {tokens_file: tokens, header: X-Token}}, allow: [10.0.0.0/8, 192.168.1.7, \"fd00::/8\", \"::ffff:172.16.0.0/108\"]}";

        var options = Read($"receivers: {{otlp: {{protocols: {{grpc: {port}, http: {port}}}}}}}\nhealth: {port}\nadmin: {port}").Options!;

        Assert.All([options.Receiver.Grpc!, options.Receiver.Http!, options.Health, options.Admin], read =>
        {
            Assert.Equal(certificates.Tls with { Versions = SslProtocols.Tls13, ReloadInterval = TimeSpan.FromMinutes(1) }, read.Tls);
            Assert.Equal(folder.PathOf("tokens"), read.Auth!.TokensFile);
            Assert.Equal(["x-token"], read.Auth.Headers);
            Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.168.1.7/32"), IPNetwork.Parse("fd00::/8"), IPNetwork.Parse("172.16.0.0/12")], read.Allow);
        });
    }

    [Fact]
    public void Without_them_ports_are_clear_open_and_on_loopback()
    {
        var options = RedactorOptions.Default;

        Assert.All([options.Receiver.Grpc!, options.Receiver.Http!, options.Health, options.Admin], port =>
        {
            Assert.Equal(IPAddress.Loopback, port.Address.Address);
            Assert.Null(port.Tls);
            Assert.Null(port.Auth);
            Assert.Empty(port.Allow);
        });
    }

    [Fact]
    public void The_limits_of_both_protocols_together_can_be_set()
    {
        var limits = Read("receivers: {otlp: {limits: {max_connections: 5000, max_in_flight_mib: 512}}}").Options!.Receiver.Limits;

        Assert.Equal(5000, limits.MaxConnections);
        Assert.Equal(512L << 20, limits.MaxBytesInFlight);
    }

    [Theory]
    [InlineData("tls: {cert_file: a.pem}", "admin.tls.cert_file and key_file belong together; a port with TLS needs both")]
    [InlineData("tls: {cert_file: a.pem, key_file: a.key}", "admin.tls.cert_file: a.pem can't be read (no such file)")]
    [InlineData("tls: {cert_file: tokens, key_file: tokens}", "admin.tls.cert_file: can't be used; name PEM files with a certificate")]
    [InlineData("tls: {cert_file: a, key_file: b, min_version: \"1.1\"}", "admin.tls.min_version can't be \"1.1\"; did you mean \"1.2\"?")]
    [InlineData("auth: {}", "admin.auth.bearer and basic are both missing")]
    [InlineData("auth: {bearer: {}}", "admin.auth.bearer.tokens_file is missing")]
    [InlineData("auth: {bearer: {token: " + Token + "}}", "unknown key \"admin.auth.bearer.token\"")]
    [InlineData("auth: {bearer: {tokens_file: nowhere}}", "admin.auth.bearer.tokens_file: nowhere can't be read (no such file)")]
    [InlineData("auth: {bearer: {tokens_file: tokens, header: \"x y\"}}", "admin.auth.bearer.header: 'x y' can't be used; write a header's name")]
    [InlineData("auth: {basic: {htpasswd_file: tokens}}", "admin.auth.basic.htpasswd_file: line 1 is not user:hash")]
    [InlineData("allow: [10.0.0.0/33]", "admin.allow: '10.0.0.0/33' can't be used; write a network such as 10.0.0.0/8")]
    [InlineData("allow: []", "admin.allow allows nobody")]
    public void A_mistake_is_told_with_what_would_be_right(string setting, string expected)
    {
        var mistakes = Read($"admin: {{{setting}}}").Mistakes;

        Assert.Contains(mistakes, m => m.ToString().Contains(expected, StringComparison.Ordinal) && m.Line == 1);
        Assert.DoesNotContain(mistakes, m => m.ToString().Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public void The_health_port_asks_for_no_certificates()
    {
        using var certificates = new TestCertificates();
        certificates.Renew();

        var mistakes = Read($"health: {{tls: {{cert_file: {certificates.Tls.CertFile}, key_file: {certificates.Tls.KeyFile}, client_ca_file: {certificates.AuthorityFile}}}}}").Mistakes;

        Assert.Contains("health.tls.client_ca_file can't be used: probes have no certificate", Assert.Single(mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_credentials_for_this_receiver_are_not_passed_on_to_a_backend()
    {
        const string Receiver = "receivers: {otlp: {protocols: {http: {auth: {bearer: {tokens_file: tokens HEADER}}}}}}\n";
        const string Exporter = "exporters: {otlphttp: {endpoint: \"https://b\", forward_headers: [Authorization]}}";

        var mistake = Assert.Single(Read(Receiver.Replace(" HEADER", "", StringComparison.Ordinal) + Exporter).Mistakes);
        var other = Read(Receiver.Replace(" HEADER", ", header: x-token", StringComparison.Ordinal) + Exporter);

        Assert.Equal(2, mistake.Line);
        Assert.StartsWith("exporters.otlphttp.forward_headers: authorization holds what senders prove themselves with", mistake.Message, StringComparison.Ordinal);
        Assert.Empty(other.Mistakes);
    }

    private ConfigurationResult Read(string yaml) => ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "test.yaml", folder.Path, _ => null);
}
