using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Redactor.Rules;

namespace Redactor.Known.Sources;

/// <summary>A JSON document at an address: a path of Vault's key-value store, or any other.</summary>
/// <param name="Url">The address; <c>https</c>, or <c>http</c> on this machine.</param>
/// <param name="Token">The file that holds the token and the header that takes it; null: no token.</param>
/// <param name="Member">The names of the members that lead to the secrets, from the outside in: <c>data</c>, <c>data</c> for version 2 of Vault's store.</param>
/// <param name="Name">What stands before the names of its secrets; may be empty.</param>
/// <param name="Metadata">What is known of its secrets.</param>
public sealed record HttpSource(Uri Url, TokenFile? Token, IReadOnlyList<string> Member, string Name, SecretMetadata Metadata) : SecretSource(Name, Metadata)
{
    /// <summary>One for all sources. It follows no redirect: the token goes to the configured address alone.</summary>
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = KnownLimits.HttpTimeout };

    public override string Location => Url.GetLeftPart(UriPartial.Path);

    public override async Task ReadAsync(SecretList secrets, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        Token?.AddTo(request.Headers, secrets.Memory);
        try
        {
            using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new SecretSourceException($"answered {(int)answer.StatusCode}");
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            JsonSecrets.Read(await ReadAsync(body, secrets.Memory, cancellation), Member, secrets);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SecretSourceException(e is OperationCanceledException ? $"gave no answer within {KnownLimits.HttpTimeout.TotalSeconds} s" : "can't be reached");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, SecretMemory memory, CancellationToken cancellation)
    {
        var buffer = memory.Take(16 * 1024);
        int length = 0;
        for (int read; (read = await body.ReadAsync(buffer[length..], cancellation)) > 0;)
        {
            length += read;
            if (length > KnownLimits.MaxContentBytes)
            {
                throw new SecretSourceException($"answered more than {KnownLimits.MaxContentBytes >> 20} MiB");
            }

            if (length == buffer.Length)
            {
                var larger = memory.Take(2 * length);
                buffer.CopyTo(larger);
                buffer = larger;
            }
        }

        return buffer[..length];
    }
}

/// <summary>A token that is read anew for each call, so that who renews it needs to tell nobody.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">The header; <c>Authorization</c> gets it behind <c>Bearer</c>.</param>
public sealed record TokenFile(string Path, string Header)
{
    /// <exception cref="SecretSourceException">The file can't be read, or holds no token.</exception>
    internal void AddTo(HttpRequestHeaders headers, SecretMemory memory)
    {
        string token = Encoding.ASCII.GetString(SecretFile.ReadValue(Path, memory).Span);
        if (!headers.TryAddWithoutValidation(Header, Header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? $"Bearer {token}" : token))
        {
            throw new SecretSourceException($"{System.IO.Path.GetFileName(Path)} holds no token that a header can carry");
        }
    }
}
