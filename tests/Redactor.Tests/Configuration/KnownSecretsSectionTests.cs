using System.Text;
using Redactor.Configuration;
using Redactor.Known.Sources;
using Redactor.Rules;

namespace Redactor.Tests.Configuration;

public sealed class KnownSecretsSectionTests
{
    [Fact]
    public void Every_kind_of_source_is_read()
    {
        var known = Read("""
            known_secrets:
              min_length: 12
              overlap: 72h
              refresh_interval: 1m
              sources:
                - {file: keys/PROD_CHAT, owner: team-chat, environment: production, issued: 2026-01-31, rotate_by: 2026-07-31}
                - {directory: /run/secrets, name: app}
                - {env_file: .env, keys: ["*_KEY"]}
                - {variables: "*_TOKEN"}
                - {http: {endpoint: "https://vault:8200/v1/secret/data/chat", token_file: /run/token, token_header: X-Vault-Token, member: data.data}}
            """).Options!.KnownSecrets!;

        Assert.Equal((12, TimeSpan.FromHours(72), TimeSpan.FromMinutes(1)), (known.MinLength, known.Overlap, known.RefreshInterval));
        Assert.Equal(
            new FileSource("/etc/redactor/keys/PROD_CHAT", "prod-chat", new SecretMetadata("team-chat", "production", new DateOnly(2026, 1, 31), new DateOnly(2026, 7, 31))),
            known.Sources[0]);
        Assert.Equal(new DirectorySource("/run/secrets", "app", new SecretMetadata()), known.Sources[1]);
        Assert.Equal(["*_KEY"], Assert.IsType<EnvFileSource>(known.Sources[2]).Keys);
        Assert.Equal(["*_TOKEN"], Assert.IsType<EnvironmentSource>(known.Sources[3]).Keys);
        var http = Assert.IsType<HttpSource>(known.Sources[4]);
        Assert.Equal(new TokenFile("/run/token", "X-Vault-Token"), http.Token);
        Assert.Equal(["data", "data"], http.Member);
    }

    [Fact]
    public void Without_the_section_nothing_is_known() => Assert.Null(Read("").Options!.KnownSecrets);

    [Theory]
    [InlineData("known_secrets: {sources: []}", "known_secrets.sources names no source; write a list, such as [{directory: /run/secrets}]")]
    [InlineData("known_secrets: {sources: [{name: a}]}", "a source of known_secrets has one of file, directory, env_file, variables, http, this one has none")]
    [InlineData("known_secrets: {sources: [{file: a, directory: b}]}", "a source of known_secrets has one of file, directory, env_file, variables, http, this one has file and directory")]
    [InlineData("known_secrets: {sources: [{file: a, name: Prod_Chat}]}", "known_secrets.sources[0].name: 'Prod_Chat' can't be used; write lower-case letters, digits and single hyphens, at most 64, such as prod-chat")]
    [InlineData("known_secrets: {sources: [{file: a, rotate_by: 31.12.2026}]}", "known_secrets.sources[0].rotate_by: '31.12.2026' can't be used; write a date such as 2026-12-31")]
    [InlineData("known_secrets: {sources: [{file: a, onwer: b}]}", "unknown key \"known_secrets.sources[0].onwer\"; did you mean \"owner\"?")]
    [InlineData("known_secrets: {sources: [{file: a, keys: b}]}", "known_secrets.sources[0].keys chooses lines of an env_file; remove it")]
    [InlineData("known_secrets: {min_length: 7, sources: [{file: a}]}", "known_secrets.min_length: '7' can't be used; write a whole number of bytes from 8 to 64")]
    [InlineData("known_secrets: {overlap: 721h, sources: [{file: a}]}", "known_secrets.overlap: '721h' can't be used; write a duration of at most 720h, such as 24h")]
    [InlineData("known_secrets: {sources: [{http: {endpoint: \"http://vault:8200/\"}}]}", "known_secrets.sources[0].http.endpoint must be an address that begins with https://, or with http:// on this machine: the answer holds secrets")]
    [InlineData("known_secrets: {sources: [{http: {endpoint: \"https://u:p@vault/\"}}]}", "known_secrets.sources[0].http.endpoint holds credentials; put them into a file and name it as known_secrets.sources[0].http.token_file")]
    [InlineData("known_secrets: {sources: [{http: {endpoint: \"https://vault\", token_header: X-Vault-Token}}]}", "known_secrets.sources[0].http.token_header has no token; add known_secrets.sources[0].http.token_file")]
    public void A_mistake_names_its_line_and_what_would_be_right(string yaml, string expected)
    {
        var mistake = Assert.Single(Read("\n" + yaml).Mistakes);

        Assert.StartsWith(expected, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(2, mistake.Line);
    }

    private static ConfigurationResult Read(string yaml) => ConfigurationFile.Read(Encoding.UTF8.GetBytes(yaml), "redactor.yaml", "/etc/redactor", _ => null);
}
