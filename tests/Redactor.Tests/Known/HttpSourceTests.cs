using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Redactor.Known;
using Redactor.Known.Sources;
using static Redactor.Tests.Known.KnownTesting;

namespace Redactor.Tests.Known;

/// <summary>Secrets from a server that answers as Vault does.</summary>
public sealed class HttpSourceTests : IAsyncLifetime, IDisposable
{
    private const string Answer = """{"data":{"data":{"API_KEY":"s3cr3t-of-the-store"},"metadata":{"version":3}}}""";

    private readonly TemporaryFolder folder = new();
    private readonly WebApplication server;
    private RequestDelegate answer = context => context.Response.WriteAsync(Answer);

    public HttpSourceTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.Run(context => answer(context));
    }

    public Task InitializeAsync() => server.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_secrets_of_a_path_of_vault_are_read_with_the_token_of_a_file()
    {
        string seen = "";
        answer = context =>
        {
            seen = $"{context.Request.Path} {context.Request.Headers["X-Vault-Token"]}";
            return context.Response.WriteAsync(Answer);
        };

        Assert.Equal(["API_KEY=s3cr3t-of-the-store"], await ReadAsync(Source(new TokenFile(folder.Write("token", "tok-1\n"), "X-Vault-Token"))));
        Assert.Equal("/v1/secret/data/chat tok-1", seen);
    }

    [Fact]
    public async Task The_usual_header_gets_the_token_behind_its_scheme()
    {
        string seen = "";
        answer = context =>
        {
            seen = context.Request.Headers.Authorization.ToString();
            return context.Response.WriteAsync(Answer);
        };

        await ReadAsync(Source(new TokenFile(folder.Write("token", "tok-2"), "Authorization")));

        Assert.Equal("Bearer tok-2", seen);
    }

    [Theory]
    [InlineData(403, "answered 403")]
    [InlineData(302, "answered 302")]
    public async Task Another_answer_than_200_is_refused_and_no_redirect_followed(int status, string expected)
    {
        answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync(Answer);
        };

        Assert.Equal(expected, (await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync(Source(null)))).Message);
    }

    [Fact]
    public async Task A_long_answer_is_read_whole()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => $"key{i}")];
        answer = context => context.Response.WriteAsJsonAsync(new { data = new { data = names.ToDictionary(name => name, name => $"value of {name}") } });

        Assert.Equal(names.Select(name => $"{name}=value of {name}"), await ReadAsync(Source(null)));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_told_without_its_words()
    {
        var source = Source(null);
        await server.StopAsync();

        Assert.Equal("can't be reached", (await Assert.ThrowsAsync<SecretSourceException>(() => ReadAsync(source))).Message);
    }

    private HttpSource Source(TokenFile? token) => new(new Uri(new Uri(server.Urls.Single()), "/v1/secret/data/chat"), token, ["data", "data"], "", NoMetadata);
}
