/**
 * The shapes that cross the wire, as the page reads them.
 * Only the fields the page uses are named; everything follows the Bot API.
 *
 * @typedef {{latitude: number, longitude: number}} Point degrees, WGS 84
 * @typedef {{id: number, is_bot: boolean, first_name: string, last_name?: string,
 *   username?: string, language_code?: string}} User
 * @typedef {{type: string, offset: number, length: number, url?: string, language?: string,
 *   user?: User}} Entity offset and length count UTF-16 units, as JavaScript strings do
 * @typedef {{text: string, callback_data?: string, url?: string, copy_text?: {text: string},
 *   web_app?: {url: string}, pay?: boolean}} InlineButton
 * @typedef {{text: string, request_location?: boolean, request_contact?: boolean}} ReplyButton
 * @typedef {{keyboard?: (ReplyButton|string)[][], one_time_keyboard?: boolean,
 *   is_persistent?: boolean, resize_keyboard?: boolean, input_field_placeholder?: string,
 *   force_reply?: boolean}} ReplyKeyboard
 * @typedef {{file_id: string, file_size?: number, file_name?: string, mime_type?: string,
 *   width?: number, height?: number, duration?: number, emoji?: string}} FilePart
 * @typedef {Point & {live_period?: number, horizontal_accuracy?: number, heading?: number}} Place
 * @typedef {{message_id: number, date: number, edit_date?: number, from?: User,
 *   chat: {id: number, type: string}, text?: string, entities?: Entity[], caption?: string,
 *   caption_entities?: Entity[], photo?: FilePart[], document?: FilePart, sticker?: FilePart,
 *   voice?: FilePart, audio?: FilePart, video?: FilePart, animation?: FilePart, location?: Place,
 *   venue?: {location: Place, title: string, address: string},
 *   contact?: {phone_number: string, first_name: string, last_name?: string},
 *   invoice?: {title: string, description: string, currency: string, total_amount: number},
 *   pinned_message?: Message, reply_to_message?: Message,
 *   reply_markup?: {inline_keyboard?: InlineButton[][]}}} Message
 * @typedef {{seq: number, kind: string, user_id: number, message?: Message, message_id?: number,
 *   action?: string, text?: string, entities?: Entity[], show_alert?: boolean,
 *   url?: string}} PhoneEvent
 * @typedef {{command: string, description: string}} BotCommand
 * @typedef {{user: User|null, blocked: boolean, live_message_id: number|null,
 *   reply_keyboard: ReplyKeyboard|null, menu: BotCommand[]}} PhoneState
 * @typedef {{first_name: string, username: string, ready: boolean}} BotCard
 * @typedef {{now: string, offset_s: number, real: boolean, time_zone: string}} ClockState
 * @typedef {{id: string, name: string, category: string} & Point} Store
 * @typedef {{id: number, first_name: string, last_name?: string, language_code?: string,
 *   about?: string, group?: string, start?: string}} Shopper group: the heading to list them
 *   under; start: what the bot hears when their Start button is pressed first
 * @typedef {{name: string, latitude: number, longitude: number, time_zone?: string,
 *   stores: Store[], streets: {name: string, points: [number, number][], width_m?: number}[],
 *   areas: {name: string, kind: string, points: [number, number][]}[],
 *   people: Shopper[]}} TownFile
 */
export {};
