using System.Net;
using System.Net.Http.Headers;

namespace Redactor.Tests.Receive;

/// <summary>What an OTLP/HTTP request came to.</summary>
internal sealed record HttpReply(HttpStatusCode Status, string? ContentType, byte[] Body, HttpResponseMessage Response)
{
    public string? Header(string name) =>
        Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? values.Single() : null;
}

/// <summary>An OTLP/HTTP client that lets a test spell every header.</summary>
internal sealed class OtlpHttpClient(Uri address) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public Task<HttpReply> PostAsync(string path, byte[] body, string? contentType, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new ByteArrayContent(body), contentType, headers);

    public async Task<HttpReply> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, string? contentType = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = body };
        if (contentType is not null)
        {
            request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        HttpResponseMessage response = await invoker.SendAsync(request, default);
        byte[] content = await response.Content.ReadAsByteArrayAsync();
        return new HttpReply(response.StatusCode, response.Content.Headers.ContentType?.ToString(), content, response);
    }

    public void Dispose() => invoker.Dispose();
}
