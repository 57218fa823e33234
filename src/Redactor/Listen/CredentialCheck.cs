using Microsoft.Extensions.Primitives;

namespace Redactor.Listen;

/// <summary>Compares the credentials of a request with the files that hold the valid ones.</summary>
internal sealed class CredentialCheck
{
    private const string BearerScheme = "Bearer ";
    private const string BasicScheme = "Basic ";

    private readonly string tokenHeader;
    private readonly WatchedFiles<TokenSet>? tokens;
    private readonly WatchedFiles<UserSet>? users;

    /// <exception cref="IOException">A file can't be used now; the message says why.</exception>
    public CredentialCheck(PortAuth auth, TimeProvider time, ILogger logger)
    {
        tokenHeader = auth.TokenHeader;
        tokens = auth.TokensFile is null ? null : new([auth.TokensFile], files => TokenSet.Parse(files[0]), ListenLimits.ReloadInterval, time, logger);
        users = auth.HtpasswdFile is null ? null : new([auth.HtpasswdFile], files => UserSet.Parse(files[0]), ListenLimits.ReloadInterval, time, logger);
        Challenge = (tokens, users) switch
        {
            (not null, not null) => new StringValues(["Bearer", "Basic realm=\"redactor\""]),
            (not null, null) => "Bearer",
            _ => "Basic realm=\"redactor\"",
        };
    }

    /// <summary>What <c>WWW-Authenticate</c> says to who was not let in.</summary>
    public StringValues Challenge { get; }

    /// <summary>Whether the credentials in <paramref name="headers"/> are valid ones.</summary>
    public Admission Admit(IHeaderDictionary headers)
    {
        bool any = false;
        if (tokens is not null && headers.TryGetValue(tokenHeader, out var token))
        {
            any = true;
            if (token is [{ } sent] && tokens.Current.Contains(WithoutScheme(sent)))
            {
                return Admission.Granted;
            }
        }

        if (users is not null && headers.Authorization is [{ } basic] && basic.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase))
        {
            return Decode(basic.AsSpan(BasicScheme.Length)) is { } credentials ? users.Current.Admit(credentials) : Admission.WrongCredentials;
        }

        return any || headers.Authorization.Count > 0 ? Admission.WrongCredentials : Admission.NoCredentials;
    }

    private static ReadOnlySpan<char> WithoutScheme(string value) =>
        (value.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase) ? value.AsSpan(BearerScheme.Length) : value).Trim();

    private static byte[]? Decode(ReadOnlySpan<char> base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64.Trim(), bytes, out int length) ? bytes[..length] : null;
    }
}
